// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// A register of marks: whoever holds what a mark was made of can show that it stands here. What the marks are made of stands
/// nowhere on the chain, and whether they say nothing without it is up to who makes them.
contract Register {
    address public immutable owner = msg.sender;

    mapping(bytes32 mark => uint64 since) private marks;

    event Entered(bytes32 indexed mark);

    /// The owner enters a mark.
    function enter(bytes32 mark) external {
        require(msg.sender == owner, "only the owner enters marks");
        require(marks[mark] == 0, "this mark stands here already");
        marks[mark] = uint64(block.timestamp);
        emit Entered(mark);
    }

    /// Whether a mark stands here.
    function has(bytes32 mark) external view returns (bool) {
        return marks[mark] != 0;
    }
}
