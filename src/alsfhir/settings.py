"""What a site sets once, in the environment: ``ALSFHIR_BASE``, ``ALSFHIR_TOKEN``, ``ALSFHIR_TIMEOUT``."""

from __future__ import annotations

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from alsfhir.errors import InvalidSetting

_FORMS = {
    "base": "write it like http://hospital.example.org/fhir, without a slash at its end",
    "timeout": "write a number of seconds, above 0 and up to 3600",
}


class Settings(BaseSettings):
    """The canonical base we publish under, the bearer token for the FHIR server, and the seconds to wait for it."""

    model_config = SettingsConfigDict(env_prefix="ALSFHIR_", extra="ignore")

    base: str = Field(default="http://alsfhir.org/fhir", pattern=r"^https?://[^\s?#|]+[^\s?#|/]$")
    token: SecretStr | None = None
    timeout: float = Field(default=60, gt=0, le=3600)


def settings() -> Settings:
    """The settings of this environment. Raises InvalidSetting, naming the variable and never its value."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise InvalidSetting(f"ALSFHIR_{name.upper()}", _FORMS.get(name, first["msg"])) from None
