"""The stops that decks are made of, each written once: a file for each chapter of the lecture's rows."""
