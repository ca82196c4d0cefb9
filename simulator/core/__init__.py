"""Pure types and measures: no input, no output, no clock.

Conventions, said once:

* Times are seconds (float) from the start of the answer.
* Fractions and scores lie in 0-1; rates are per minute unless the name says otherwise.
* Audio is mono float32 of shape (n,) in [-1, 1], with its sample rate in Hz.
* Word positions are 0-based indexes into ``Transcript.words``; ranges are
  [first, last], both included.
* Value objects are frozen, hold tuples, and check themselves when made.
"""
