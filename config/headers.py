"""The response headers that Django has no setting for, and the one method that no page answers to."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

# What pages may use of the device: nothing but passkeys and full screen.
PERMISSIONS = ", ".join(
    [
        *(
            f"{feature}=()"
            for feature in (
                "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope",
                "magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking",
            )
        ),
        "fullscreen=(self)",
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)  # fmt: skip


class Headers:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "TRACE":  # it would send back cookies that scripts must not see
            response: HttpResponse = HttpResponseNotAllowed(
                ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
            )
        else:
            response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cross-Origin-Embedder-Policy", settings.EMBEDDER_POLICY)
        if response.status_code in {301, 308}:
            # Else browsers keep a redirect for good, and what was merged or renamed may be parted again.
            response.setdefault("Cache-Control", "no-cache")
        return response
