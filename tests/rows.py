"""Headers and rows of the register as its exports have them, in the project's own words."""

from __future__ import annotations

DEALS_HEADER = (
    "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons"
)
DEAL = "Poland,Turkiye,2021,?,24,,Bayraktar TB2,armed UAV,6,?,2022; 2023,New,$270 m deal,3,72,18"
DELIVERIES_HEADER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,"
    "Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production"
)
API_DEAL = {
    "id": 1,
    "tradeId": 4711,
    "buyer": "Poland",
    "seller": "Turkiye",
    "orderYr": 2021,
    "orderYrEst": True,
    "units": 24,
    "unitsEst": False,
    "deliveryYr": 2024,
    "status": "N",
    "statusEst": False,
    "desg": "Bayraktar {TB2}",
    "desc": "armed UAV",
    "category": "Aircraft",
}
