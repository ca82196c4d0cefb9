"""After an answer the interviewer asks about what was not heard: at most twice, heaviest first."""

from dataclasses import replace

import pytest

from simulator.core.coverage import Coverage, CriterionFinding, Quote, follow_ups
from simulator.interview.conduct import conduct
from simulator.interview.moments import Asking
from simulator.interview.room import Manner, Room
from simulator.review import Reviewer, review
from simulator.testing import LevelDetector, MemoryVoice, ScriptedTranscriber
from tests.interview.test_conduct import SPEECH, STYLE, Sitting

CURIOUS = replace(STYLE, follow_up=("One more thing.",))


class WordJudge:
    """Call a criterion covered when its id is said."""

    def judge(self, words, question):
        return Coverage(tuple(self._find(criterion, words) for criterion in question.criteria))

    def _find(self, criterion, words):
        quote = (
            Quote(criterion.id, words.index(criterion.id), words.index(criterion.id))
            if criterion.id in words
            else None
        )
        return CriterionFinding(
            criterion.id,
            criterion.name,
            criterion.weight,
            "covered" if quote else "missing",
            1.0 if quote else 0.0,
            quote,
            criterion.follow_up,
        )


def run(tmp_path, texts, most, keys=None):
    sitting = Sitting(tmp_path, SPEECH, keys, questions=1)
    judge = WordJudge()
    room = Room(
        voice=MemoryVoice(),
        speaker=None,
        ear=lambda question: sitting.microphone,
        detector=LevelDetector,
        archive=sitting.store,
        stage=sitting.stage,
        keys=sitting.keys,
        transcriber=ScriptedTranscriber(list(texts)),
        judge=lambda transcript, question: judge.judge(
            tuple(word.text for word in transcript.words), question
        ),
    )
    outcome = conduct(room, Manner(CURIOUS, think=False, follow_ups=most), sitting.session)
    asked = [moment.text for moment in sitting.shown(Asking) if moment.follow_up]
    reviewer = Reviewer(ScriptedTranscriber([]), judge, heard=dict(outcome.transcripts))
    return outcome, asked, review(outcome.session, sitting.store, reviewer)


# a_question's criteria, by weight: result 2.0, empathy 1.5, solves 1.5, listens 1.0.


def test_the_heaviest_missing_criterion_is_asked_about_first(tmp_path):
    _, asked, _ = run(tmp_path, ["listens", "well", "solves"], most=2)
    assert asked == ["One more thing. And how did it end?", "One more thing. And what did you say?"]


def test_what_is_shown_when_asked_counts_apart_and_marked(tmp_path):
    outcome, _, report = run(tmp_path, ["listens", "result"], most=1)
    assert [take.follow_up_of for take in outcome.session.takes] == [None, "result"]
    (answer,) = report.answers
    assert answer.coverage.weighted == pytest.approx(1.0 / 6.0)
    assert answer.coverage.weighted_with_prompts == pytest.approx(3.0 / 6.0)
    assert {f.id: f.prompted for f in answer.coverage.criteria if f.prompted} == {
        "result": "result"
    }


def test_nothing_is_asked_when_all_was_heard(tmp_path):
    _, asked, _ = run(tmp_path, ["listens empathy solves result"], most=2)
    assert asked == []


def test_without_follow_ups_nothing_is_asked(tmp_path):
    _, asked, _ = run(tmp_path, ["listens"], most=0)
    assert asked == []


def test_a_criterion_without_a_follow_up_question_is_not_asked_about():
    finding = CriterionFinding("a", "A", 1.0, "missing", 0.0)
    assert follow_ups(Coverage((finding,))) == ()
