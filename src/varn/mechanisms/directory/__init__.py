"""The municipality's own directory, and its own door: who is let in by single sign-on (OIDC, SAML 2.0), what the
directory says of people and groups (SCIM 2.0), and the tokens by which it says it.

It knows no area: what a person is, and what a group gives, it asks through the paths named in the settings.
"""
