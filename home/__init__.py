"""The office's content pages. Thin on purpose: what has to do with applications lives in psk_plugin."""
