"""A proxy in front of one HTTP server, which lets a fate befall each request: nothing, a wait, another answer, a lost
request or answer, the death of the process that asked.

Every caller has a port of its own, so that it is known by name. One request goes through each connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal

from bench.sockets import kill_function

HEAD = 64 * 1024
_PIECE = 64 * 1024
Moment = Literal["never", "before", "after"]


@dataclass(frozen=True)
class Call:
    """A request: names of `headers` in lower case, `head` as it came."""

    caller: str
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    head: bytes = b""

    @property
    def service(self) -> str:
        """The service of AWS that it is signed for; empty where it is not."""
        scope = self.headers.get("authorization", "").partition("Credential=")[2].partition(",")[0].split("/")
        return scope[3] if len(scope) > 4 else ""

    @property
    def operation(self) -> str:
        """What is asked of a service that says so in a header, such as `PutItem`."""
        return self.headers.get("x-amz-target", "").rpartition(".")[2]


@dataclass(frozen=True)
class Fate:
    """What befalls a request. `answer` stands for the server's; a lost one, or the caller's death, comes before the
    server has it, or after it has answered."""

    wait: float = 0
    answer: bytes | None = None
    lost: Moment = "never"
    death: Moment = "never"


GOOD = Fate()


def answer(status: int, body: bytes, **headers: str) -> bytes:
    """An HTTP answer; underscores in names of headers are hyphens."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status} Fate", f"content-length: {len(body)}", "connection: close", *lines])
    return head.encode() + b"\r\n\r\n" + body


class Proxy:
    """Serves in a thread of its own until its `with` block ends. `seen` hears of each call that is answered."""

    def __init__(
        self, upstream: int, fate: Callable[[Call], Fate], seen: Callable[[Call, int, bytes], None] | None = None
    ) -> None:
        self._upstream = upstream
        self._fate = fate
        self._seen = seen
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._held = set[object]()  # the loop itself holds its tasks and servers weakly

    def __enter__(self) -> Proxy:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def listen(self, caller: str) -> int:
        """The port of a caller."""
        serve = lambda reader, writer: self._serve(caller, reader, writer)  # noqa: E731
        starting: Coroutine[Any, Any, asyncio.Server] = asyncio.start_server(serve, "127.0.0.1", 0, limit=HEAD)
        server = asyncio.run_coroutine_threadsafe(starting, self._loop).result()
        self._held.add(server)
        return int(server.sockets[0].getsockname()[1])

    async def _end(self) -> None:
        """Who is still connected is let go."""
        for held in self._held:
            if isinstance(held, asyncio.Server):
                held.close()
        going = asyncio.all_tasks() - {asyncio.current_task()}
        for task in going:
            task.cancel()
        await asyncio.gather(*going, return_exceptions=True)

    async def _serve(self, caller: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._held.add(task)
        try:
            broken = (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)
            with contextlib.suppress(*broken, asyncio.CancelledError):  # Python 3.11 logs a cancelled one as an error
                call = await _read(caller, reader, writer)
                await self._meet(call, self._fate(call), writer)
        finally:
            writer.close()
            self._held.discard(task)

    async def _meet(self, call: Call, fate: Fate, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(fate.wait)
        if fate.death == "before":
            kill_function(writer.get_extra_info("peername")[1])
        if "before" in (fate.lost, fate.death):
            return
        if fate.answer is not None:
            writer.write(fate.answer)
            await writer.drain()
            return
        came = await self._forward(call, None if "after" in (fate.lost, fate.death) else writer)
        if self._seen:
            self._seen(call, int(came.split(b" ", 2)[1] or 0) if came else 0, came)
        if fate.death == "after":
            kill_function(writer.get_extra_info("peername")[1])

    async def _forward(self, call: Call, writer: asyncio.StreamWriter | None) -> bytes:
        """Send it on; the beginning of what came, which goes to `writer` as it comes."""
        came, up = await asyncio.open_connection("127.0.0.1", self._upstream)
        try:
            up.write(call.head + call.body)
            first = b""
            while piece := await came.read(_PIECE):
                first = first or piece
                if writer:
                    writer.write(piece)
                    await writer.drain()
            return first
        finally:
            up.close()


async def _read(caller: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Call:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")[:-2]
    method, target, _ = lines[0].split(" ", 2)
    pairs = [line.split(":", 1) for line in lines[1:]]
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    if "expect" in headers:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    kept = [line for line in lines if not line.lower().startswith(("expect:", "connection:"))]
    head = "\r\n".join([*kept, "Connection: close", "", ""]).encode("latin-1")
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Call(caller, method, target, headers, body, head)
