"""A release of open data as a `Dataset`, for engines that find data."""

from directory.catalog.fact_format import stated
from directory.exchange.release import OpenFile, Release
from directory.exchange.schema_org.page import Json


def dataset_of(release: Release, home: str, name: str, description: str) -> Json | None:
    """The files of real programs, below the address `home`; None if there are none.

    No license is stated, since none covers the whole; those whose facts they are stand in the manifest.
    """
    files = [one for one in release.files if not one.examples]
    if not files:
        return None
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{home}/exports/#data",
        "name": name,
        "description": description,
        "url": f"{home}/exports/",
        "version": release.name,
        "dateModified": release.as_of.isoformat(),
        "isAccessibleForFree": True,
        "creditText": "; ".join(
            one["terms"]["attribution"] for one in release.sources if one["terms"]["attribution"]
        ),
        "distribution": [_download(one, f"{home}/exports/{release.name}") for one in files],
    }


def _download(file: OpenFile, folder: str) -> Json:
    return stated(
        {
            "@type": "DataDownload",
            "name": file.name,
            "contentUrl": f"{folder}/{file.name}",
            "encodingFormat": file.media_type,
            "contentSize": f"{file.bytes} B",
            "sha256": file.sha256,
        }
    )
