// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// Consent of patients to being read elsewhere. A patient is an account; who they are stands nowhere on the chain.
contract Consent {
    struct Grant {
        uint64 until; // seconds since 1970 UTC; 0 for none
        uint32 scope; // one bit for each kind of record
    }

    mapping(address patient => mapping(address reader => Grant)) private grants;

    event Granted(address indexed patient, address indexed reader, uint32 scope, uint64 until);
    event Revoked(address indexed patient, address indexed reader);

    /// The caller lets `reader` read what `scope` names, until a time that lies ahead.
    function grant(address reader, uint32 scope, uint64 until) external {
        require(reader != address(0), "a reader is needed");
        require(scope != 0, "a scope is needed");
        require(until > block.timestamp, "the end lies in the past");
        grants[msg.sender][reader] = Grant(until, scope);
        emit Granted(msg.sender, reader, scope, until);
    }

    /// The caller takes back what they gave `reader`.
    function revoke(address reader) external {
        require(grants[msg.sender][reader].until != 0, "nothing was granted");
        delete grants[msg.sender][reader];
        emit Revoked(msg.sender, reader);
    }

    /// Whether `reader` may read all that `scope` names of `patient` now.
    function allowed(address patient, address reader, uint32 scope) external view returns (bool) {
        Grant memory given = grants[patient][reader];
        return scope != 0 && given.until > block.timestamp && given.scope & scope == scope;
    }
}
