// `viem` deploys and calls the consent contract on a hospital's chain.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createPublicClient, createTestClient, createWalletClient, defineChain, http, parseEther } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { inSandbox } from "./practicum.mjs";

const contracts = new URL("../../crates/ledger/contracts/", import.meta.url);
const { abi, bytecode } = JSON.parse(await readFile(new URL("Consent.json", contracts), "utf8"));
const YEARS_20_S = 630_000_000n;

/** Runs one of the proofs below in a fresh hospital. */
export function prove(work, url, token) {
  return inSandbox(url, token, async ({ id }) => {
    const address = `${url}/s/${id}/eth`;
    const headers = { authorization: `Bearer ${token}` };
    const { accounts } = await (await fetch(address, { headers })).json();
    const transport = http(address, { fetchOptions: { headers } });
    const chain = defineChain({ id: 2_031_007, name: "Practicum", nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 }, rpcUrls: { default: { http: [address] } } });
    const [owner, patient, reader] = accounts.map(({ key }) => privateKeyToAccount(key));
    const shared = { chain, transport, pollingInterval: 50 };
    const wallet = createWalletClient({ ...shared, account: owner });
    await work({ look: createPublicClient(shared), wallet, test: createTestClient({ ...shared, mode: "hardhat" }), owner, patient, reader });
  });
}

export const PROOFS = {
  "deploys, sends, calls and hears events": usesTheContract,
  "is told why a call is reverted": isToldWhy,
  "sees what waits before it is in a block": seesThePool,
  "is refused on a wrong chain": isRefused,
};

async function deployed({ look, wallet }) {
  const hash = await wallet.deployContract({ abi, bytecode });
  const { contractAddress } = await look.waitForTransactionReceipt({ hash });
  return contractAddress;
}

async function until(look) {
  return (await look.getBlock()).timestamp + YEARS_20_S;
}

async function usesTheContract(hospital) {
  const { look, wallet, patient, reader } = hospital;
  assert.equal(await look.getChainId(), 2_031_007);
  const address = await deployed(hospital);
  const args = [reader.address, 3, await until(look)];
  const hash = await wallet.writeContract({ account: patient, address, abi, functionName: "grant", args });
  const receipt = await look.waitForTransactionReceipt({ hash });
  assert.equal(receipt.status, "success");
  const allowed = () => look.readContract({ address, abi, functionName: "allowed", args: [patient.address, reader.address, 1] });
  assert.equal(await allowed(), true);
  const events = await look.getContractEvents({ address, abi, eventName: "Granted", fromBlock: 0n });
  assert.deepEqual(events.map(({ args: { reader, scope } }) => [reader, scope]), [[reader.address, 3]]);
  await look.waitForTransactionReceipt({ hash: await wallet.writeContract({ account: patient, address, abi, functionName: "revoke", args: [reader.address] }) });
  assert.equal(await allowed(), false);
  const block = await look.getBlock({ includeTransactions: true });
  assert.equal(block.transactions[0].from, patient.address.toLowerCase());
  assert((await look.getFeeHistory({ blockCount: 3, rewardPercentiles: [50] })).gasUsedRatio.length === 3);
}

async function isToldWhy(hospital) {
  const { look, owner, reader } = hospital;
  const address = await deployed(hospital);
  const call = look.simulateContract({ account: owner, address, abi, functionName: "revoke", args: [reader.address] });
  await assert.rejects(call, /nothing was granted/);
}

async function seesThePool({ look, wallet, test, patient }) {
  await test.setAutomine(false);
  const before = await look.getBlockNumber();
  const hash = await wallet.sendTransaction({ to: patient.address, value: parseEther("1") });
  assert.equal((await look.getTransaction({ hash })).blockNumber, null);
  await test.request({ method: "evm_mine" });
  assert.equal((await look.getTransactionReceipt({ hash })).blockNumber, before + 1n);
}

async function isRefused({ look, owner, patient }) {
  const request = { to: patient.address, value: 1n, gas: 21_000n, maxFeePerGas: 2_000_000_000n, type: "eip1559", nonce: 0 };
  const signed = await owner.signTransaction({ ...request, chainId: 1 });
  await assert.rejects(look.sendRawTransaction({ serializedTransaction: signed }), /signed for chain 1/);
  const own = await owner.signTransaction({ ...request, chainId: 2_031_007 });
  await look.waitForTransactionReceipt({ hash: await look.sendRawTransaction({ serializedTransaction: own }) });
  await assert.rejects(look.sendRawTransaction({ serializedTransaction: own }), /already known/);
}
