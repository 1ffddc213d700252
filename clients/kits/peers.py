"""Servers by others, started for a test kit to look at."""

import asyncio
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import requests

STARTS_WITHIN_S = 60


@contextmanager
def receiver():
    """A receiver of HL7 v2 as the documentation of PyPI's `hl7` shows one. Gives its address."""
    started = subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield f"127.0.0.1:{started.stdout.readline().strip()}"
    finally:
        started.terminate()
        started.wait()


@contextmanager
def helios():
    """The FHIR server of the Helios project, with an empty store. Gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        port = "18917"
        words = [shutil.which("hfs"), "--port", port, "--log-level", "error"]
        started = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        url = f"http://127.0.0.1:{port}"
        try:
            wait_for(f"{url}/metadata")
            yield url
        finally:
            started.terminate()
            started.wait()


@contextmanager
def healthchain():
    """A service of decision support by HealthChain, in the environment that its command stands in. Gives its address."""
    port = "18918"
    python = Path(shutil.which("healthchain")).parent / "python"
    words = [python, Path(__file__).parent / "healthchain_service.py", port]
    started = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{url}/cds-services")
        yield url
    finally:
        started.terminate()
        started.wait()


def wait_for(url):
    """Waits until somebody answers there."""
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        try:
            if requests.get(url, timeout=5).ok:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.2)
    raise AssertionError(f"nobody answers at {url}")


async def receive():
    """Acknowledges everything, and prints the port first."""
    from hl7.mllp import start_hl7_server

    async def talk(reader, writer):
        try:
            while not writer.is_closing():
                message = await reader.readmessage()
                writer.writemessage(message.create_ack())
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    server = await start_hl7_server(talk, host="127.0.0.1", port=0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(receive())
