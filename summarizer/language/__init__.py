"""What is read out of a text once and shared by all: sentences, words, names, numbers, dates, speakers, offices.

Every reader is a function of a text that keeps its last results. The words that a reader
knows are data: `<language code>/<reader>.toml`, read by `lexicon`.
"""
