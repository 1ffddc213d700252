// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// As `Purse`, but it pays first and writes down later: whoever calls back in between is paid again.
contract OpenPurse {
    mapping(address owner => uint256) public due;

    function put() external payable {
        due[msg.sender] += msg.value;
    }

    function take() external {
        uint256 amount = due[msg.sender];
        require(amount != 0, "nothing is due");
        (bool paid,) = msg.sender.call{value: amount}("");
        require(paid, "it was not taken");
        due[msg.sender] = 0;
    }
}
