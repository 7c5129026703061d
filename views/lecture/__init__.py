"""Lectures as a person sees them: decks in a language, and the page that presents them."""
