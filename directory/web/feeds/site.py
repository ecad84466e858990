"""The blueprint of the addresses for crawlers."""

from flask import Blueprint

blueprint = Blueprint("feeds", __name__)
