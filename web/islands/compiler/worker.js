// The compiler at work, apart from the page. First comes its machine code, then sources, one after the other; each is answered with
// what the compiler says. It is served with a policy that allows no connection to anywhere.
let compile;

function begin(machine) {
  var Module = { wasmBinary: machine };
  Module.onRuntimeInitialized = () => {
    compile = Module.cwrap("solidity_compile", "string", ["string", "number", "number"]);
    self.postMessage({ ready: Module.cwrap("solidity_version", "string", [])() });
  };
  /* soljson */
}

self.onmessage = ({ data }) => {
  if (data.machine) begin(data.machine);
  else self.postMessage({ said: compile(JSON.stringify(data.input), 0, 0) });
};
