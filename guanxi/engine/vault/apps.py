"""The app of keys and encryption."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Workspaces' data keys under the master key, and what is sealed with them."""

    name = "guanxi.engine.vault"
    label = "vault"
    verbose_name = "Vault"
