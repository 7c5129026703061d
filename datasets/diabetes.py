"""Diabetes patients: ten raw measurements, and how far the disease went in a year; a line explains half of it."""

from functools import cache
from typing import Annotated

from datasets.base import SIZE, Data, Dataset, Seed, sample, shipped
from records import Knob, Words


def diabetes(size: Annotated[float, Knob(15, 442, "whole", "n", SIZE)] = 442, seed: Seed = 0) -> Data:
    """``size`` of the 442 patients; measurements in their own units, target from 25 to 346.

    Not scikit-learn's scaled version: it was scaled with all patients, those of the test among them.
    """
    return sample(patients(), size, seed)


@cache
def patients() -> Data:
    """All of them."""
    return Data(shipped("diabetes_data_raw.csv.gz", delimiter=None), shipped("diabetes_target.csv.gz"))


DATASET = Dataset(
    name=Words("Diabetes", "糖尿病"),
    make=diabetes,
    about=Words(
        "Progression of the disease after a year, from ten measurements. They correlate: standardised, the valley is "
        "still narrow.",
        "由十项指标预测一年后的病情进展。指标彼此相关：归一化之后，山谷依然狭长。",
    ),
    source="Efron, Hastie, Johnstone & Tibshirani 2004, Annals of Statistics 32(2); as in scikit-learn, load_diabetes",
    features=(
        Words("age (years)", "年龄（岁）"),
        Words("sex (1 or 2)", "性别（1 或 2）"),
        Words("body mass index", "体重指数"),
        Words("average blood pressure", "平均血压"),
        Words("total cholesterol", "总胆固醇"),
        Words("low-density lipoproteins", "低密度脂蛋白"),
        Words("high-density lipoproteins", "高密度脂蛋白"),
        Words("total cholesterol / HDL", "总胆固醇／高密度脂蛋白"),
        Words("log of triglycerides", "甘油三酯的对数"),
        Words("blood sugar", "血糖"),
    ),
)
