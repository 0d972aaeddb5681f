"""What must hold, judged from outside: raw rows, raw letters, raw answers.

Nothing here imports the service, so that no mistake is shared; a test holds that. Each file
holds one idea; `watching` brings them together.
"""
