"""HL7 v2 senders talk to a system of a hospital of their own: `hl7` with its client and its command, `hl7apy` with its models."""

import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import hl7
from hl7.client import MLLPClient
from hl7apy.core import Message
from hl7apy.parser import parse_message
from practicum import Sandbox

HOST = "127.0.0.1"
START, END = b"\x0b", b"\x1c\r"
WAIT_S = 30

PERSON_CHANGED = "\r".join(
    [
        r"MSH|^~\&|REG|MERCY|LIS|{sandbox}|20260301081500||ADT^A31^ADT_A05|{number}|P|2.5.1||||||UNICODE UTF-8",
        "EVN||20260301081500",
        "PID|1||{mrn}^^^MERCY^MR||Tamm^Õie^^^^^L||19870203|F",
        "PV1|1|N",
        "",
    ]
)


def in_sandbox(work, url, token, port):
    """Runs one of the proofs below against a fresh hospital."""
    with Sandbox(url, token) as sandbox:
        work(sandbox, port)


def person_changed(sandbox, number, mrn="100200"):
    """A message that a registration sends when something about a person changed."""
    return PERSON_CHANGED.format(sandbox=sandbox.id, number=number, mrn=mrn)


def told(acknowledgement):
    """MSA-1 and MSA-2."""
    segment = hl7.parse(acknowledgement.strip(START + END).decode()).segment("MSA")
    return str(segment[1]), str(segment[2])


def hl7_client(sandbox, port):
    """Good and bad messages over one connection of `hl7`'s client."""
    with MLLPClient(HOST, port) as client:
        assert told(client.send_message(person_changed(sandbox, 1))) == ("AA", "1")
        assert told(client.send_message(person_changed(sandbox, 2, mrn=""))) == ("AE", "2")
        assert told(client.send_message(person_changed(sandbox, 3).replace("A31^ADT_A05", "A99"))) == ("AR", "3")
        assert told(client.send_message("this is no message"))[0] == "AR"


def hl7_command(sandbox, port):
    """The command `mllp_send` with a file that has line feeds and no frames."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "message.hl7"
        file.write_text(person_changed(sandbox, 4).replace("\r", "\n"), newline="")
        command = [Path(sys.executable).with_name("mllp_send"), "--file", file, "--loose", "-p", str(port), HOST]
        said = subprocess.run(command, capture_output=True, check=True, timeout=WAIT_S).stdout
    assert b"MSA|AA|4" in said, said


def hl7apy_models(sandbox, port):
    """A message that `hl7apy` builds and holds valid, and an acknowledgement that it holds valid too."""
    message = Message("ADT_A01", version="2.5")
    message.msh.msh_3, message.msh.msh_4 = "REG", "MERCY"
    message.msh.msh_5, message.msh.msh_6 = "LIS", sandbox.id
    message.msh.msh_9, message.msh.msh_10, message.msh.msh_11 = "ADT^A01^ADT_A01", "5", "P"
    message.evn.evn_2 = "20260301081500"
    message.pid.pid_3, message.pid.pid_5 = "100200^^^MERCY^MR", "Tamm^Mari"
    message.pv1.pv1_2, message.pv1.pv1_3 = "I", "4E^401^A"
    assert message.validate()
    with socket.create_connection((HOST, port), timeout=WAIT_S) as connection:
        connection.sendall(message.to_mllp().encode())
        answer = b""
        while not answer.endswith(END):
            answer += connection.recv(4096)
    acknowledgement = parse_message(answer.strip(START + END).decode(), find_groups=False)
    assert acknowledgement.validate()
    assert (acknowledgement.msa.msa_1.value, acknowledgement.msa.msa_2.value) == ("AA", "5")


PROOFS = {
    "hl7's client is acknowledged and refused": hl7_client,
    "hl7's mllp_send is acknowledged": hl7_command,
    "hl7apy finds the acknowledgement valid": hl7apy_models,
}
