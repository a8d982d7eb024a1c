"""What is read out of a sentence: words, names, quantities, dates, speakers."""
