"""The programs beside Carrel: how each is made to index and to answer."""
