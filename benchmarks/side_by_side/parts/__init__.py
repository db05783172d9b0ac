"""The parts of a run: each measures one kind of work and returns a Result."""
