"""The model gateway's container: OpenAI's protocol at a Unix socket, passed on to the host through stdio.

It holds no key and has no network. What it reads is hostile, so it does little: it finds where a request ends (`http`),
keeps clients within bounds (`server`), and hands the body's bytes to the host, which alone looks into them. Standard
library only.
"""
