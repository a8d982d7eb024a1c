"""Decision models: questions whose answers are given beforehand, answered with a probability for each.

`questions` has the one neutral kind of question and of reply; `wire` puts it into the two forms that servers know,
OpenAI's `/v1/decisions` and System One's `/v1/systemone`; `client` finds out which of them a server knows. How a request
travels is decided in `remote`, as for a chat model.
"""
