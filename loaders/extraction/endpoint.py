"""A language model behind an OpenAI-compatible address: one question, one answer, bounded in time and size."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any, Final
from urllib.parse import urlsplit

from ...graph.errors import LoadError

SECONDS: Final = 120.0
"""How long an answer may take."""
_LARGEST: Final = 2**22
"""So many bytes of an answer are read."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a language model answers.

    Attributes:
        address: the base URL, such as ``http://127.0.0.1:8080/v1``.
        model: the name that the server knows it by.
        key: what the server wants as bearer token; empty if nothing. It is in no message.
        seconds: how long an answer may take.

    Raises:
        LoadError: this is no address, or httpx is not installed.
    """

    address: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or not self.model:
            raise LoadError("A language model needs an address such as http://127.0.0.1:8080/v1 and --llm-model.")
        if "@" in parts.netloc:
            raise LoadError("Put no password into the address of the language model, but into LEGATION_LLM_KEY.")
        if find_spec("httpx") is None:
            raise LoadError("Asking a language model needs httpx: pip install 'legation[llm]'")

    @property
    def host(self) -> str:
        """The server, for messages."""
        return urlsplit(self.address).netloc

    def ask(self, instructions: str, text: str, schema: dict[str, Any]) -> Any:
        """Ask for JSON.

        Args:
            instructions: what to do.
            text: with what.
            schema: JSON schema of the answer.

        Returns:
            What the model answered, whatever it is; None if that is no JSON.

        Raises:
            LoadError: the server does not answer, refuses, or takes too long.
        """
        import httpx  # noqa: PLC0415  (an extra)

        question = {
            "model": self.model,
            "temperature": 0,
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": text}],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "transfers", "strict": True, "schema": schema},
            },
        }
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        url, until, answer = f"{self.address.rstrip('/')}/chat/completions", time.monotonic() + self.seconds, b""
        try:
            with httpx.stream("POST", url, json=question, headers=headers, timeout=self.seconds) as response:
                if response.status_code != httpx.codes.OK:
                    raise LoadError(f"The language model at {self.host} refused: HTTP {response.status_code}.")
                for piece in response.iter_bytes():
                    answer += piece
                    if time.monotonic() > until or len(answer) > _LARGEST:
                        raise LoadError(f"The language model at {self.host} does not come to an end.")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            said = "did not answer in time" if isinstance(error, httpx.TimeoutException) else "does not answer"
            raise LoadError(f"The language model at {self.host} {said} ({type(error).__name__}).") from None
        return _content(answer)


def _content(answer: bytes) -> Any:
    """Take the model's JSON out of the server's."""
    try:
        return json.loads(json.loads(answer)["choices"][0]["message"]["content"])
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return None
