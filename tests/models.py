"""A local server that answers like an OpenAI-compatible one; what it says is up to the test."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from legation.loaders.extraction.endpoint import Endpoint

Answer = Callable[[BaseHTTPRequestHandler, list[str]], None]


@dataclass(slots=True)
class Asked:
    """What a server was asked.

    Attributes:
        endpoint: where it answers.
        bodies: of the requests.
        keys: the bearer tokens that came with them.
        sentences: all that were sent.
    """

    endpoint: Endpoint
    bodies: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)


def say(content: object) -> Answer:
    """Answer with a model's message: a text, or what is to be JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    return send(json.dumps({"choices": [{"message": {"content": text}}]}).encode())


def tell(*records: object) -> Answer:
    """Answer with records."""
    return say({"transfers": list(records)})


def send(body: bytes, code: int = 200, headers: dict[str, str] | None = None) -> Answer:
    """Answer with bytes."""

    def answer(request: BaseHTTPRequestHandler, _: list[str]) -> None:
        request.send_response(code)
        for name, value in (headers or {}).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


@contextmanager
def model(answer: Answer, *, key: str = "", seconds: float = 10) -> Iterator[Asked]:
    """Run a server that answers every question in one way."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            sentences = [one["text"] for one in json.loads(body["messages"][1]["content"])["sentences"]]
            asked.bodies.append(body)
            asked.keys.append(self.headers["Authorization"])
            asked.sentences.extend(sentences)
            try:
                answer(self, sentences)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    asked = Asked(Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "small", key, seconds))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
