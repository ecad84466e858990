"""What is shown when even the page for errors breaks: help comes first, in each language at once."""

LAST_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Something broke
</title></head><body><main><h1>Something broke. It is our fault, not yours.</h1>
<p>In danger: call <a href="tel:911">911</a>. To talk to someone, any hour: call or text
<a href="tel:988">988</a>.</p><p><a href="/">Start again</a></p>
<section lang="es"><h2>Algo falló. Es culpa nuestra, no suya.</h2>
<p>En peligro: llame al <a href="tel:911">911</a>. Para hablar con alguien a cualquier hora, marque
<a href="tel:988">988</a> y oprima 2, o mande la palabra AYUDA al 988.</p>
<p><a href="/es/">Empezar de nuevo</a></p></section></main></body></html>"""
