"""The prompts, as data of the package `summarizer`; see README.md beside this file."""
