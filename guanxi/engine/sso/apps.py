"""The app of single sign-on."""

from importlib import import_module

from django.apps import AppConfig


class SsoConfig(AppConfig):
    """Firms' own identity providers."""

    name = "guanxi.engine.sso"
    label = "sso"
    verbose_name = "Single sign-on"

    def ready(self) -> None:
        """Register the kinds of providers, and what happens when somebody signs in."""
        for kind in ("oidc", "saml", "dingtalk", "wecom", "feishu"):
            import_module(f"{self.name}.providers.{kind}")
        import_module(f"{self.name}.linking")
        import_module(f"{self.name}.connections")
