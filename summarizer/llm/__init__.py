"""Everything about asking a language model: requests, prompts, retries, cache, replay; it knows nothing of claims."""
