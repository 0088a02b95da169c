"""One's own webhooks, as the page has them. No program registers one with a token: it would outlast the token."""

from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import GenericAPIView, ListAPIView, ListCreateAPIView, RetrieveUpdateDestroyAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.examples import DELIVERY, NEW_WEBHOOK, WEBHOOK, WEBHOOK_CHANGE, WEBHOOK_SECRET
from accounts.api.idempotency import shown_once
from accounts.api.permissions import InPerson
from accounts.api.serializers import example
from accounts.api.views import require_fresh_login
from accounts.mail import tell_of_webhook
from accounts.models import Delivery, Event, Webhook
from accounts.models.webhook import LONGEST_ADDRESS
from accounts.webhooks import registering
from config.api.paging import OnePage

MOST_SHOWN: Final = 100  # of the messages to one address


@example(WEBHOOK, response_only=True)
class WebhookSerializer(serializers.ModelSerializer[Webhook]):
    """`off_because` is null while it is on: `member`, `failing` (for three days), `gone` (410), `password`, `house`
    or `secret` (the site has another key).
    """

    events = serializers.ListField(child=serializers.ChoiceField(choices=Event.values), read_only=True)
    on = serializers.BooleanField(source="is_on", read_only=True)
    off_because = serializers.SerializerMethodField()

    class Meta:
        model = Webhook
        fields = read_only_fields = [
            "id", "address", "events", "on", "off_at", "off_because", "failing_since", "created_at",
        ]  # fmt: skip

    def get_off_because(self, webhook: Webhook) -> str | None:
        return webhook.off_because or None


@example(NEW_WEBHOOK, response_only=True)
class NewWebhookSerializer(WebhookSerializer):
    """A new webhook with its secret, which is shown this once."""

    secret = serializers.CharField(read_only=True)

    class Meta:
        model = Webhook
        fields = read_only_fields = [*WebhookSerializer.Meta.fields, "secret"]


class EventsField(serializers.ListField):
    child = serializers.ChoiceField(choices=Event.values)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_length=1, max_length=len(Event.values), help_text="What is told there.", **kwargs)


@example({"address": WEBHOOK["address"], "events": WEBHOOK["events"]}, request_only=True)
class WebhookAskedSerializer(serializers.Serializer[Any]):
    address = serializers.CharField(max_length=LONGEST_ADDRESS, help_text="Begins with https://.")
    events = EventsField()


@example(WEBHOOK_CHANGE, request_only=True)
class WebhookChangeSerializer(serializers.Serializer[Any]):
    """What is left out stays."""

    address = serializers.CharField(max_length=LONGEST_ADDRESS, required=False, help_text="Begins with https://.")
    events = EventsField(required=False)
    on = serializers.BooleanField(required=False, help_text="Whether anything is sent there.")


@example(WEBHOOK_SECRET, response_only=True)
class WebhookSecretSerializer(serializers.Serializer[Any]):
    secret = serializers.CharField(read_only=True, help_text="Shown this once.")


@example(DELIVERY, status_codes=["200", "202"])
class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """A message. `next_at` is null once it is not `waiting`: `delivered`, `failed`, or `dropped` as nothing was left to
    tell. `trouble` is what was wrong with the last attempt: `status`, `redirect`, `timeout`, `name`, `address`, `tls`
    or `unreachable`; null where nothing was.
    """

    id = serializers.IntegerField(source="pk", read_only=True)
    message_id = serializers.CharField(read_only=True, help_text="As in `webhook-id`.")
    trouble = serializers.SerializerMethodField()
    next_at = serializers.DateTimeField(source="due_at", read_only=True, allow_null=True)

    class Meta:
        model = Delivery
        fields = read_only_fields = [
            "id", "message_id", "event", "state", "attempts", "status", "trouble", "created_at", "tried_at", "next_at",
        ]  # fmt: skip

    def get_trouble(self, delivery: Delivery) -> str | None:
        return delivery.trouble or None


def with_secret(data: Any, secret: str, status: int) -> Response:
    """A secret is shown once: a request that comes again is told so."""
    told = _("This secret was made already, and was shown once. Make another.")
    return shown_once(data | {"secret": secret}, told=told, status=status)


@extend_schema_view(
    get=extend_schema(summary="List your webhooks", description="Without their secrets."),
    post=extend_schema(
        summary="Register a webhook",
        description="With a recent log-in by session, never with a token. The secret is in this answer alone.",
        request=WebhookAskedSerializer,
        responses={201: NewWebhookSerializer},
    ),
)
class Webhooks(Endpoint, ListCreateAPIView[Webhook]):
    serializer_class = WebhookSerializer
    permission_classes = [InPerson]
    pagination_class = OnePage

    def get_queryset(self) -> Any:
        return Webhook.objects.filter(member=self.me.pk).order_by("-id")

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        require_fresh_login(request)
        asked = WebhookAskedSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        webhook, secret = registering.register_webhook(member=self.me, **asked.validated_data)
        tell_of_webhook(self.me, webhook)
        return with_secret(WebhookSerializer(webhook).data, secret, 201)


class OfOneWebhook(Endpoint):
    """What belongs to one of the member's own."""

    permission_classes = [InPerson]

    def get_queryset(self) -> Any:
        return Webhook.objects.filter(member=self.me.pk)

    @property
    def which(self) -> dict[str, Any]:
        """As the acts take it. Raises NotFound for somebody else's."""
        if not self.get_queryset().filter(pk=self.kwargs["pk"]).exists():
            raise NotFound
        return {"member": self.me, "webhook_id": self.kwargs["pk"]}


@extend_schema_view(
    get=extend_schema(summary="Read a webhook"),
    patch=extend_schema(
        summary="Change a webhook, or switch it on or off",
        description="With a recent log-in by session. What waits when it is switched off is not sent later.",
        request=WebhookChangeSerializer,
        responses=WebhookSerializer,
    ),
    delete=extend_schema(summary="Remove a webhook", description="Nothing is sent there any more."),
)
class OneWebhook(OfOneWebhook, RetrieveUpdateDestroyAPIView[Webhook]):
    serializer_class = WebhookSerializer
    http_method_names = ["get", "patch", "delete", "head"]

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        webhook = self.get_object()
        require_fresh_login(request)
        sent = WebhookChangeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        asked = sent.validated_data
        on = asked.pop("on", webhook.is_on)
        if asked:  # else an address that was fine once could not even be switched off
            said = {"address": webhook.address, "events": webhook.events} | asked
            changed = registering.change_webhook(**self.which, **said)
            if changed.address != webhook.address:
                tell_of_webhook(self.me, changed)
        return Response(WebhookSerializer(registering.switch_webhook(**self.which, on=on)).data)

    def perform_destroy(self, webhook: Webhook) -> None:
        registering.remove_webhook(member=self.me, webhook_id=webhook.pk)


@extend_schema_view(
    post=extend_schema(
        summary="Make a webhook another secret",
        description="With a recent log-in by session. For a day messages are signed with both.",
        request=None,
        responses={201: WebhookSecretSerializer},
    )
)
class WebhookSecret(OfOneWebhook, GenericAPIView[Webhook]):
    serializer_class = WebhookSecretSerializer

    def post(self, request: Request, pk: int) -> Response:
        which = self.which
        require_fresh_login(request)
        return with_secret({}, registering.renew_webhook_secret(**which), 201)


@extend_schema_view(
    post=extend_schema(
        summary="Send a test",
        description="A message of the type `test`. What came of it is among the deliveries in a moment.",
        request=None,
        responses={202: DeliverySerializer},
    )
)
class WebhookTest(OfOneWebhook, GenericAPIView[Any]):
    serializer_class = DeliverySerializer

    def post(self, request: Request, pk: int) -> Response:
        return Response(DeliverySerializer(registering.send_test(**self.which)).data, status=202)


@extend_schema_view(
    get=extend_schema(
        summary="List what was sent to a webhook",
        description=f"The last {MOST_SHOWN} messages of the last week, the newest first.",
    )
)
class Deliveries(OfOneWebhook, ListAPIView[Any]):
    serializer_class = DeliverySerializer
    pagination_class = OnePage

    def get_queryset(self) -> Any:
        return Delivery.objects.filter(webhook__member=self.me.pk, webhook=self.kwargs["pk"]).order_by("-id")[
            :MOST_SHOWN
        ]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if not Webhook.objects.filter(member=self.me.pk, pk=kwargs["pk"]).exists():
            raise NotFound
        return super().list(request, *args, **kwargs)


@extend_schema_view(
    post=extend_schema(
        summary="Send a message again",
        description="Under the same number, and as what it is about is by now.",
        request=None,
        responses={202: DeliverySerializer},
    )
)
class DeliveryAgain(OfOneWebhook, GenericAPIView[Any]):
    serializer_class = DeliverySerializer

    def post(self, request: Request, pk: int, delivery: int) -> Response:
        try:
            sent = registering.send_again(**self.which, delivery_id=delivery)
        except ObjectDoesNotExist:
            raise NotFound from None
        return Response(DeliverySerializer(sent).data, status=202)
