use super::*;

#[test]
fn a_key_has_the_name_that_the_method_gives_it() {
    // Test vector of the did:key method for Ed25519.
    let public: [u8; 32] = [
        0x2e, 0x6f, 0xcc, 0xe3, 0x67, 0x01, 0xdc, 0x79, 0x14, 0x88, 0xe0, 0xd0, 0xb1, 0x74, 0x5c, 0xc1, 0xe3,
        0x3a, 0x4c, 0x1c, 0x9f, 0xcc, 0x41, 0xc6, 0x3b, 0xd3, 0x43, 0xdb, 0xbe, 0x09, 0x70, 0xe6,
    ];
    assert_eq!(did_key(&public), "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK");
}

#[test]
fn zeros_in_front_are_kept() {
    assert_eq!(base58::base58(&[0, 0, 1]), "112");
    assert_eq!(base58::base58(b"hello world"), "StV1DL6CwTryKyV");
}

#[test]
fn withdrawn_places_are_single_bits() {
    let bits = bits(&[0, 9, 131_079]);
    assert_eq!((bits[0], bits[1], bits[16_384], bits.len()), (0x80, 0x40, 0x01, 16_385));
}

#[test]
fn a_token_comes_apart_as_it_was_joined() {
    let claims = serde_json::json!({"name": "ana"});
    let text = unsigned("did:key:zX", &claims);
    let token = joined(&text, &[1, 2, 3]);
    assert_eq!(parts(&token), Some((text.as_str(), vec![1, 2, 3], claims)));
    for wrong in ["", "a.b", "a.b.c", "..", "!.!.!"] {
        assert_eq!(parts(wrong), None, "{wrong}");
    }
}
