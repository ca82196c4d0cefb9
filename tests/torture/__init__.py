"""Kill Rehearse at random moments and look at what is left: `make torture`."""
