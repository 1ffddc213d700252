"""`web3` deploys and calls the consent contract on the chain of a hospital of its own."""

import json
from pathlib import Path

from practicum import Sandbox
from web3 import HTTPProvider, Web3
from web3.exceptions import ContractLogicError, Web3RPCError

BUILT = json.loads((Path(__file__).parents[2] / "crates/ledger/contracts/Consent.json").read_text())
YEARS_20_S = 630_000_000


def in_sandbox(work, url, token):
    """Runs one of the proofs below in a fresh hospital."""
    with Sandbox(url, token) as sandbox:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        address = sandbox.base.removesuffix("/").removesuffix("/fhir") + "/eth"
        work(Web3(HTTPProvider(address, request_kwargs={"headers": headers})))


def deployed(web3):
    """The contract, made by the first of the unlocked accounts."""
    contract = web3.eth.contract(abi=BUILT["abi"], bytecode=BUILT["bytecode"])
    sent = contract.constructor().transact({"from": web3.eth.accounts[0]})
    made = web3.eth.wait_for_transaction_receipt(sent)
    return web3.eth.contract(address=made.contractAddress, abi=BUILT["abi"])


def uses_the_contract(web3):
    """Consent is given, found in the events, and taken back."""
    contract, (_, patient, reader, *_) = deployed(web3), web3.eth.accounts
    until = web3.eth.get_block("latest").timestamp + YEARS_20_S
    sent = contract.functions.grant(reader, 3, until).transact({"from": patient})
    receipt = web3.eth.wait_for_transaction_receipt(sent)
    assert receipt.status == 1
    told = contract.events.Granted().process_receipt(receipt)
    assert [event.args.scope for event in told] == [3], told
    assert contract.functions.allowed(patient, reader, 2).call()
    assert len(contract.events.Granted().get_logs(from_block=0)) == 1
    contract.functions.revoke(reader).transact({"from": patient})
    assert not contract.functions.allowed(patient, reader, 2).call()


def is_told_why(web3):
    """A refused call says what the contract says."""
    contract = deployed(web3)
    try:
        contract.functions.revoke(web3.eth.accounts[2]).call({"from": web3.eth.accounts[1]})
    except ContractLogicError as error:
        assert "nothing was granted" in str(error), error
    else:
        raise AssertionError("a stranger took consent back")


def watches_blocks(web3):
    """A filter tells of each new block once."""
    watched = web3.eth.filter("latest")
    web3.eth.send_transaction({"from": web3.eth.accounts[0], "to": web3.eth.accounts[1], "value": 7})
    assert watched.get_new_entries() == [web3.eth.get_block("latest").hash]
    assert watched.get_new_entries() == []


def is_refused(web3):
    """Bytes that are no transaction, and accounts that are not unlocked."""
    stranger = "0x0000000000000000000000000000000000000001"
    for work in (
        lambda: web3.eth.send_raw_transaction("0x02c0"),
        lambda: web3.eth.send_transaction({"from": stranger, "to": stranger, "value": 1, "gas": 21000}),
    ):
        try:
            work()
        except Web3RPCError:
            continue
        raise AssertionError("it was taken")


PROOFS = {
    "deploys, sends, calls and hears events": uses_the_contract,
    "is told why a call is reverted": is_told_why,
    "watches blocks": watches_blocks,
    "is refused what does not fit": is_refused,
}
