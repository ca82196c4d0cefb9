"""Record an interview: ask, let think, listen, question by question. No feedback in between."""
