"""A network between processes of this machine: what a server sends comes so much later, on each
connection for itself.

    delay.py MILLISECONDS PORT...   writes a line of JSON, the ports where it listens instead, in
                                    the same order; it ends when its input does
"""

import asyncio
import collections
import json
import sys

HOST = "127.0.0.1"


class Server(asyncio.Protocol):
    """The connection to the server."""

    def __init__(self, client, seconds):
        self._client = client
        self._seconds = seconds
        self._later = collections.deque()
        self._loop = asyncio.get_running_loop()

    def data_received(self, data):
        self._after(lambda: self._client.write(data))

    def connection_lost(self, failure):
        self._after(self._client.close)

    def _after(self, act):
        # Timers of the same moment have no order; these always take the one that came first.
        self._later.append(act)
        self._loop.call_later(self._seconds, lambda: self._later.popleft()())


class Client(asyncio.Protocol):
    """The connection of the client, whose bytes go on at once."""

    def __init__(self, port, seconds):
        self._port = port
        self._seconds = seconds
        self._sent = []
        self._server = None

    def connection_made(self, transport):
        self._connecting = asyncio.ensure_future(self._connect(transport))

    async def _connect(self, transport):
        loop = asyncio.get_running_loop()
        try:
            self._server, _ = await loop.create_connection(
                lambda: Server(transport, self._seconds), HOST, self._port
            )
        except OSError:
            transport.abort()
            return
        self._server.writelines(self._sent)
        if transport.is_closing():
            self._server.close()

    def data_received(self, data):
        if self._server:
            self._server.write(data)
        else:
            self._sent.append(data)

    def connection_lost(self, failure):
        if self._server:
            self._server.close()


async def main(milliseconds, *ports):
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda port=port: Client(port, milliseconds / 1000), HOST, 0)
        for port in ports
    ]
    print(json.dumps([server.sockets[0].getsockname()[1] for server in servers]), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
