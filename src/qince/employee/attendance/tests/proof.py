"""The columns of an act with its evidence, for rows made by hand."""

from datetime import timedelta


def evidence(at):
    return {
        "at": at,
        "device_time": at,
        "received_at": at + timedelta(seconds=3),
        "lat": 32.0,
        "lng": 118.7,
        "accuracy_m": 12.0,
        "distance_m": 18.0,
        "radius_m": 150,
        "verdict": "inside",
    }
