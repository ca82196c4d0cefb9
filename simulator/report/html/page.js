"use strict";
(() => {
  const clock = (s) => {
    const tenths = Math.max(0, Math.floor(s * 10 + 1e-6));
    const rest = String(Math.floor((tenths % 600) / 10)).padStart(2, "0");
    return `${Math.floor(tenths / 600)}:${rest}.${tenths % 10}`;
  };
  const span = (node) => node.dataset.t.split(",").map(Number);
  const players = new Map();
  let playing = null;

  class Player {
    constructor(article) {
      this.article = article;
      this.audio = article.querySelector("audio");
      this.slider = article.querySelector(".seek");
      this.output = article.querySelector(".clock");
      this.button = article.querySelector(".play");
      this.timeline = article.querySelector(".timeline");
      this.playhead = article.querySelector(".playhead");
      this.transcript = article.querySelector(".words");
      this.words = [...this.transcript.querySelectorAll("span[data-t]")];
      this.starts = this.words.map((word) => span(word)[0]);
      this.found = [...this.transcript.querySelectorAll("button[data-t]")];
      this.duration = Number(this.slider.max);
      this.position = 0;
      this.wanted = null;
      this.marked = null;
      this.frame = 0;
      this.wire();
      this.show(0);
    }

    wire() {
      this.slider.addEventListener("input", () => this.seek(Number(this.slider.value)));
      this.slider.addEventListener("keydown", (event) => this.slide(event));
      this.timeline.addEventListener("click", (event) => this.point(event));
      this.transcript.addEventListener("keydown", (event) => this.walk(event));
      this.article.addEventListener("click", (event) => {
        const target = event.target.closest("[data-t]");
        if (target && !this.timeline.contains(target)) this.hear(target);
      });
      this.article.addEventListener("keydown", (event) => this.key(event));
      if (!this.audio) return;
      this.audio.controls = false;
      this.button.addEventListener("click", () => this.toggle());
      this.article.querySelector(".speed").addEventListener("change", (event) => {
        this.audio.playbackRate = Number(event.target.value);
      });
      this.audio.addEventListener("play", () => this.began());
      this.audio.addEventListener("pause", () => { this.ended(); this.follow(); });
      this.audio.addEventListener("ended", () => this.ended());
      for (const name of ["timeupdate", "seeked"]) {
        this.audio.addEventListener(name, () => this.follow());
      }
      this.audio.addEventListener("loadedmetadata", () => {
        if (this.wanted !== null) this.audio.currentTime = this.wanted;
        this.wanted = null;
      });
      this.audio.addEventListener("error", () => {
        this.output.textContent = "The sound cannot be played.";
      });
    }

    hear(node) {
      this.seek(span(node)[0]);
      this.play();
    }

    play() {
      if (this.audio) this.audio.play().catch(() => this.ended());
    }

    toggle() {
      if (this.audio && this.audio.paused) this.play();
      else if (this.audio) this.audio.pause();
    }

    seek(seconds) {
      const at = Math.min(Math.max(0, seconds), this.duration);
      // Before its first play nothing is loaded: the place is kept until there is.
      // The sound can be there before that is told; until it is told, the latest place counts.
      if (this.audio && (this.wanted !== null || this.audio.readyState === 0)) {
        if (this.wanted === null) this.audio.load();
        this.wanted = at;
      } else if (this.audio) {
        this.audio.currentTime = at;
      }
      this.show(at);
      this.reveal();
    }

    began() {
      if (playing && playing !== this) playing.audio.pause();
      playing = this;
      this.button.setAttribute("aria-label", this.button.getAttribute("aria-label").replace("Play", "Pause"));
      this.button.firstElementChild.textContent = "❚❚";
      const tick = () => {
        if (!this.audio.seeking) this.follow();
        this.frame = requestAnimationFrame(tick);
      };
      this.frame = requestAnimationFrame(tick);
    }

    ended() {
      cancelAnimationFrame(this.frame);
      if (!this.button) return;
      this.button.setAttribute("aria-label", this.button.getAttribute("aria-label").replace("Pause", "Play"));
      this.button.firstElementChild.textContent = "▶";
    }

    follow() {
      // The sound can be ready before it says so: until then it stands at its beginning.
      if (this.audio.readyState > 0 && this.wanted === null) this.show(this.audio.currentTime);
    }

    show(seconds) {
      this.position = seconds;
      this.slider.value = seconds;
      const now = clock(seconds);
      if (now !== this.output.textContent) {
        this.output.textContent = now;
        this.slider.setAttribute("aria-valuetext", now);
      }
      const x = (1000 * Math.min(seconds, this.duration)) / this.duration;
      this.playhead.setAttribute("x1", x);
      this.playhead.setAttribute("x2", x);
      this.mark(this.wordAt(seconds));
    }

    wordAt(seconds) {
      let low = 0, high = this.starts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.starts[middle] <= seconds + 0.005) low = middle + 1;
        else high = middle;
      }
      const word = this.words[low - 1];
      return word && seconds < span(word)[1] + 0.05 ? word : null;
    }

    mark(word) {
      if (word === this.marked) return;
      if (this.marked) this.marked.classList.remove("now");
      if (word) word.classList.add("now");
      this.marked = word;
    }

    reveal() {
      if (!this.marked) return;
      const box = this.marked.getBoundingClientRect();
      const under = this.article.querySelector(".player").getBoundingClientRect().bottom;
      if (box.bottom > innerHeight || box.top < Math.max(0, under)) {
        this.marked.scrollIntoView({ block: "center" });
      }
    }

    slide(event) {
      const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1, PageDown: -10, PageUp: 10 };
      if (!(event.key in steps)) return;
      event.preventDefault();
      this.seek(this.position + steps[event.key]);
    }

    point(event) {
      const mark = event.target.closest("[data-t]");
      const box = this.timeline.getBoundingClientRect();
      const share = (event.clientX - box.left) / box.width;
      this.seek(mark ? span(mark)[0] : share * this.duration);
      this.play();
    }

    walk(event) {
      if (event.target !== this.transcript) return;
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (event.key === "Enter") {
        event.preventDefault();
        this.play();
      }
      if (!step || !this.words.length) return;
      event.preventDefault();
      let place = this.words.indexOf(this.marked);
      if (place < 0) {
        const next = this.starts.findIndex((start) => start > this.position);
        const after = next < 0 ? this.words.length : next;
        place = step > 0 ? after - 1 : after;
      }
      const index = Math.min(this.words.length - 1, Math.max(0, place + step));
      this.seek(this.starts[index]);
    }

    key(event) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target.matches("select")) return;
      const actions = {
        k: () => this.toggle(),
        j: () => this.seek(this.position - 5),
        l: () => this.seek(this.position + 5),
        n: () => this.step(1),
        p: () => this.step(-1),
      };
      if (event.key in actions) actions[event.key]();
    }

    step(direction) {
      const times = this.found.map((node) => span(node)[0]);
      const place = direction > 0
        ? times.findIndex((time) => time > this.position + 0.02)
        : times.findLastIndex((time) => time < this.position - 0.02);
      if (place < 0) return;
      this.found[place].focus({ preventScroll: true });
      this.seek(times[place]);
    }
  }

  for (const article of document.querySelectorAll("article.answer")) {
    players.set(article.id, new Player(article));
  }
  for (const node of document.querySelectorAll(".advice [data-t]")) {
    node.addEventListener("click", () => players.get(`a${node.dataset.answer}`).hear(node));
  }

  const theme = document.querySelector(".theme");
  const root = document.documentElement;
  const dark = () => root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  const name = () => { theme.textContent = dark() ? "Light" : "Dark"; };
  if (theme) {
    theme.hidden = false;
    name();
    theme.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      name();
    });
  }
})();
