"""The two fields that our sign-up has besides address and password.

allauth builds its headless sign-up input on top of this form, so it may import nothing of allauth.
"""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from guanxi.engine.identity.models import User
from guanxi.engine.identity.rules import tidy_name


class SignUpForm(forms.Form):
    """Who signs up and how their new workspace is called."""

    name = forms.CharField(max_length=100)
    workspace_name = forms.CharField(max_length=200)

    def clean_name(self) -> str:
        """The name without stray white space."""
        return tidy_name(self.cleaned_data["name"])

    def clean_workspace_name(self) -> str:
        """The name without stray white space."""
        return tidy_name(self.cleaned_data["workspace_name"])

    def clean(self) -> dict[str, Any]:
        """Refuse a password made from the person's own name or address."""
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.get("password")
        if password:
            person = User(email=cleaned.get("email") or "", name=cleaned.get("name") or "")
            try:
                UserAttributeSimilarityValidator(user_attributes=("email", "name")).validate(password, person)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def signup(self, request: HttpRequest, user: User) -> None:
        """allauth asks for it; the account adapter has made the workspace together with the user."""
