"""``*.example``: the companies' own sites and the outlets of the made-up world."""

from __future__ import annotations

from replay.items import Article
from replay.message import Answer, Request, html, not_found, plain, redirect, xml
from replay.pages import article_page, render
from replay.web import Web, serves
from replay.world.model import Company, Outlet


@serves("*.example")
def sites(request: Request, web: Web) -> Answer | None:
    """A page of a company or of an outlet; None for a host that nobody has."""
    if company := web.world.company_at(request.host):
        return _company_page(company, request, web)
    if outlet := web.world.outlet_at(request.host):
        return _outlet_page(outlet, request, web)
    return None


def _company_page(company: Company, request: Request, web: Web) -> Answer:
    if request.host != company.domain:
        return redirect(f"{company.site}{request.path}", 301)
    posts = web.world.posts[company.domain]
    shared = {"company": company, "posts": posts, "as_of": web.as_of}
    match request.path:
        case "/":
            return html(render("home.html.j2", **shared))
        case "/about":
            return html(render("about.html.j2", **shared))
        case "/blog" | "/blog/" | "/news" | "/news/" if posts:
            return html(render("posts.html.j2", **shared))
        case "/robots.txt":
            sitemaps = "".join(f"Sitemap: {company.site}/{name}.xml\n" for name in ("sitemap", "sitemap-news"))
            return plain(f"User-agent: *\nDisallow: /admin/\n{sitemaps}")
        case "/sitemap-news.xml":
            return xml(render("sitemap_news.xml.j2", **shared))
        case "/sitemap.xml":
            return xml(render("sitemap.xml.j2", **shared))
        case company.feed_path if company.feed:
            return xml(render(f"{company.feed}.xml.j2", **shared), f"application/{company.feed}+xml")
    return _article(request, web, "post.html.j2", company=company)


def _outlet_page(outlet: Outlet, request: Request, web: Web) -> Answer:
    match request.path:
        case "/":
            return html(render("outlet.html.j2", outlet=outlet, articles=_published_at(outlet, web)))
        case "/robots.txt":
            return plain("User-agent: *\nAllow: /\n")
    related = _published_at(outlet, web)[:4]
    return _article(request, web, f"article_{outlet.page}.html.j2", related=related)


def _published_at(outlet: Outlet, web: Web) -> list[Article]:
    pages = (page for key, page in web.world.pages.items() if key.startswith(outlet.host + "/"))
    return sorted(pages, key=lambda page: page.seen, reverse=True)


def _article(request: Request, web: Web, template: str, **values: object) -> Answer:
    article = web.world.pages.get(request.host + request.path)
    return html(article_page(article, template, **values)) if article else not_found()
