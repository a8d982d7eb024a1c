"""OpenAI and every compatible server: how a request travels, and what may go wrong on the way.

`client` sends one request and reads the envelope of its reply; `failures` gives
every way to fail its name; `pace` decides when a request may start and when to
stop trying. What the reply means is decided in `asking`.
"""
