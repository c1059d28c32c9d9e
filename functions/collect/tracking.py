"""Parameters of URLs that say where a reader came from, not what the page is.

Kept after the public lists of ClearURLs (data.min.json) and AdGuard (TrackParamFilter, general_url), November 2026:
only names that no site is known to use for its content. `ref`, `source`, `id` or `session` choose the content of too
many pages to be here, though other tools (courlan, which comes with trafilatura) cut them.
"""

from __future__ import annotations

_PREFIXES = (
    "utm_", "itm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "oly_", "vero_", "trk_", "elq", "guce_", "_hs", "__hs",
    "mkt_", "bsft_", "ns_", "sc_", "cm_mmc", "ss_campaign", "ss_email", "ss_source", "hsctatracking", "_bta_",
    "referrer_", "soc_", "wt_mc", "wt_zmc", "wt.mc", "at_custom", "at_link", "at_recipient", "at_send",
)  # fmt: skip
_NAMES = frozenset(
    """
    fbclid gclid gclsrc dclid msclkid ttclid twclid yclid ysclid wickedid igsh igshid mibextid gbraid wbraid srsltid
    li_fat_id epik irclickid irgwc cjevent clid clickid rdt_cid vmcid ttcid scid mc_cid mc_eid mkwid s_kwcid
    ml_subscriber ml_subscriber_hash _ga _gl _ke _kx _openstat __s __twitter_impression _branch_match_id trackingid
    tracking_id utm at_medium at_campaign s_cid cmpid ocid ncid cvid icid iclid cid_source smid smtyp taid xtor
    guccounter sr_share spm scm ref_src ref_url feature share_id shareid share_from share_token sharetoken si_source
    ito ftag intcmp int_cmp tpcc mod_source partnerid partner_id affiliateid affiliate_id rssid rss_id fromrss
    from_rss dicbo vgo_ee hss_channel campaignid campaign_id mailid emci emdi ceid sendid sthash amp_js_v usqp
    """.split()
)


def is_tracking(name: str) -> bool:
    """Whether a parameter only tells where its reader came from."""
    folded = name.lower()
    return folded in _NAMES or folded.startswith(_PREFIXES)


def asks_for_amp(name: str, value: str) -> bool:
    """Whether a parameter asks for the AMP form of the same page: `?amp`, `?amp=1`, `?outputType=amp`."""
    folded, wanted = name.lower(), value.lower()
    return (folded == "amp" and wanted in ("", "1", "true")) or (
        folded in ("outputtype", "view", "display") and wanted == "amp"
    )
