"""`{% slot "name" %}…{% endslot %}`: a part of a page that is another for each reader. See accounts/shells.py."""

from django import template
from django.template.base import Parser, Token

from accounts.shells import SlotNode

register = template.Library()


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name.strip("\"'"), nodelist)
