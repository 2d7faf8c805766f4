#!/usr/bin/env python3
"""Makes the certificates that the tests sign with: invented people, an authority that nobody trusts, keys that are public.

Needs the `cryptography` package. The files are kept beside it: making them again gives others."""

import datetime as dt
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

HERE = pathlib.Path(__file__).parent
PASSPHRASE = b"clave de prueba"


def name(common):
    return x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CO"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Prueba"),
        x509.NameAttribute(NameOID.COMMON_NAME, common),
    ])


def certificate(subject, key, issuer, issuer_key, first, last, authority=False):
    usage = dict.fromkeys(
        ["key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"], False)
    usage |= {"digital_signature": not authority, "content_commitment": not authority,
              "key_cert_sign": authority, "crl_sign": authority}
    return (x509.CertificateBuilder().subject_name(name(subject)).issuer_name(name(issuer))
            .public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(first).not_valid_after(last)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.KeyUsage(**usage), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
            .sign(issuer_key, hashes.SHA256()))


AUTHORITY = "Autoridad de prueba"
authority_key = rsa.generate_private_key(65537, 2048)
LONG = (dt.datetime(2020, 1, 1), dt.datetime(2069, 12, 31))
authority = certificate(AUTHORITY, authority_key, AUTHORITY, authority_key, *LONG, authority=True)
for file, holder, key, term in [
    ("presidencia-rsa.p12", "ANA EUGENIA DEL PILAR ÍÑIGUEZ-ÑUNGO D'ALESSANDRO", rsa.generate_private_key(65537, 2048), LONG),
    ("secretaria-p256.p12", "PILAR AMPARO VILLAQUIRÁN-ÑÚÑEZ ESCANDÓN", ec.generate_private_key(ec.SECP256R1()), LONG),
    ("otra-persona.p12", "GASPAR OLARTE", ec.generate_private_key(ec.SECP256R1()), LONG),
    ("vencido.p12", "PILAR AMPARO VILLAQUIRÁN-ÑÚÑEZ ESCANDÓN", ec.generate_private_key(ec.SECP256R1()),
     (dt.datetime(2020, 1, 1), dt.datetime(2021, 1, 1))),
    ("p384.p12", "PILAR AMPARO VILLAQUIRÁN-ÑÚÑEZ ESCANDÓN", ec.generate_private_key(ec.SECP384R1()), LONG),
]:
    own = certificate(holder, key, AUTHORITY, authority_key, *term)
    HERE.joinpath(file).write_bytes(serialize_key_and_certificates(
        holder.encode(), key, own, [authority], BestAvailableEncryption(PASSPHRASE)))
