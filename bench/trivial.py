"""The least a Flask app can do, under the same gunicorn settings: what the server itself costs."""

from flask import Flask, Response, request

app = Flask("trivial", static_folder=None)


@app.route("/", methods=["GET", "POST"])
def trivial() -> Response:
    """Read the body, answer a few bytes of JSON."""
    request.get_data()
    return Response(b'{"data": []}', mimetype="application/json")
