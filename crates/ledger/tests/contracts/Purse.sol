// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// Keeps what others put in, and gives it back to whom it belongs. It writes down that it has paid before it pays.
contract Purse {
    mapping(address owner => uint256) public due;

    function put() external payable {
        due[msg.sender] += msg.value;
    }

    function take() external {
        uint256 amount = due[msg.sender];
        require(amount != 0, "nothing is due");
        due[msg.sender] = 0;
        (bool paid,) = msg.sender.call{value: amount}("");
        require(paid, "it was not taken");
    }
}
