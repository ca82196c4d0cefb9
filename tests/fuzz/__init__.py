"""Whatever a file holds, a loader either gives its value or says which file is wrong, and why."""
