// What is asked of the Solidity compiler, and what it says, as values (compiler input and output JSON, Solidity 0.8).

export interface Built {
  abi: unknown[];
  bytecode: string;
}

export interface Compiled {
  /** Contracts that can be deployed, by name. */
  contracts: Map<string, Built>;
  /** What the compiler complains of, each with its place. */
  complaints: { severe: boolean; text: string }[];
}

const FILE = "contract.sol";

/** The input for one source. The rules are those of the hospital's chain. */
export function input(source: string): unknown {
  return {
    language: "Solidity",
    sources: { [FILE]: { content: source } },
    settings: {
      optimizer: { enabled: true, runs: 200 },
      evmVersion: "prague",
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
    },
  };
}

/** The compiler's output, read. What is no output is a complaint. */
export function output(said: string): Compiled {
  const contracts = new Map<string, Built>();
  const complaints: Compiled["complaints"] = [];
  let parsed: Output;
  try {
    parsed = JSON.parse(said) as Output;
  } catch {
    return { contracts, complaints: [{ severe: true, text: "The compiler ended without an answer." }] };
  }
  for (const error of parsed.errors ?? []) {
    complaints.push({ severe: error.severity === "error", text: (error.formattedMessage ?? error.message ?? "").trim() });
  }
  for (const [name, { abi, evm }] of Object.entries(parsed.contracts?.[FILE] ?? {})) {
    // Interfaces and abstract contracts have no code.
    if (evm.bytecode.object) contracts.set(name, { abi, bytecode: `0x${evm.bytecode.object}` });
  }
  return { contracts, complaints };
}

interface Output {
  errors?: { severity: string; message?: string; formattedMessage?: string }[];
  contracts?: Record<string, Record<string, { abi: unknown[]; evm: { bytecode: { object: string } } }>>;
}

/** Arguments, one a line; empty lines at the end are none. */
export function lines(text: string): string[] {
  const trimmed = text.replace(/\s+$/, "");
  return trimmed ? trimmed.split("\n").map((line) => line.trim()) : [];
}
