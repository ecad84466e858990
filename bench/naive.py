"""Our app with nothing kept between pages: what a render costs that starts from nothing."""

from directory.app import create_app

app = create_app()
app.extensions["kept"].most = 0
app.extensions["directory"].answers.most = 0
