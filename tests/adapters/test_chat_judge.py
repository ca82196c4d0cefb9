"""A judge on the loopback address: believed only where it quotes what was said."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from simulator.adapters.chat_judge import ChatJudge
from simulator.errors import ConfigError, JudgeError
from simulator.testing import a_question

SAID = "Well, I let her finish, and then I called billing."
WORDS = tuple(SAID.split())


@pytest.fixture
def server():
    """A model server that says what the test wants, and remembers what it was asked."""

    class Handler(BaseHTTPRequestHandler):
        reply, status, asked = b"{}", 200, []

        def do_POST(self):
            Handler.asked.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(Handler.status)
            if Handler.status == 302:
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()
            self.wfile.write(Handler.reply)

        def log_message(self, *details):
            pass

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    Handler.url = f"http://127.0.0.1:{httpd.server_port}/v1"
    yield Handler
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def says(server, verdicts, fence=""):
    text = f"{fence}{json.dumps(verdicts)}"
    server.reply = json.dumps({"choices": [{"message": {"content": text}}]}).encode()
    return ChatJudge(server.url).judge(WORDS, a_question())


def test_a_quote_that_was_said_is_found_whatever_its_case_and_commas(server):
    coverage = says(server, {"listens": {"status": "covered", "quote": "i let her finish"}})
    finding = coverage.criteria[0]
    assert (finding.status, finding.quote.text) == ("covered", "I let her finish,")
    assert (finding.quote.first, finding.quote.last) == (1, 4)


def test_a_tick_without_words_that_were_said_is_none(server):
    coverage = says(server, {"listens": {"status": "covered", "quote": "I listened to her"}})
    assert coverage.criteria[0].status == "missing"


def test_what_is_not_named_is_missing_and_no_flag_is_raised(server):
    coverage = says(server, {})
    assert {finding.status for finding in coverage.criteria} == {"missing"}
    assert {flag.status for flag in coverage.red_flags} == {"clear"}


def test_talk_around_the_json_is_no_hindrance(server):
    verdict = {"solves": {"status": "maybe", "quote": "called billing"}}
    assert says(server, verdict, "Here you are:\n```json\n").criteria[2].status == "maybe"


def test_the_server_is_shown_the_rubric_and_the_answer(server):
    says(server, {})
    asked = json.loads(server.asked[-1])["messages"][1]["content"]
    assert "Lets the customer finish" in asked
    assert SAID in asked


@pytest.mark.parametrize("reply", [b"", b"no json", b'{"choices": []}', b"[1]"])
def test_nonsense_is_one_error(server, reply):
    server.reply = reply
    with pytest.raises(JudgeError, match="no verdict that can be read"):
        ChatJudge(server.url).judge(WORDS, a_question())


def test_a_redirection_is_not_followed(server):
    server.status = 302
    with pytest.raises(JudgeError, match="does not answer"):
        ChatJudge(server.url).judge(WORDS, a_question())


def test_nobody_there_is_one_error():
    with pytest.raises(JudgeError, match="does not answer"):
        ChatJudge("http://127.0.0.1:9/v1").judge(WORDS, a_question())


@pytest.mark.parametrize("url", ["http://192.0.2.7/v1", "http://example.org/v1"])
def test_another_machine_is_refused_unless_the_user_says_otherwise(url):
    with pytest.raises(ConfigError, match="another machine"):
        ChatJudge(url)
    assert ChatJudge(url, remote=True).url == url


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "127.0.0.1"])
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ConfigError, match="no address"):
        ChatJudge(url)
