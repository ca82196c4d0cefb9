"""Train, calibrate and export the entailment model; no part of the product at run time."""
